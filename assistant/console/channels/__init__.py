"""Pages about Slack and Teams: how they do, and who of the staff somebody is there."""

from fastapi import APIRouter

from assistant.console.channels import health_routes, own_links

ROUTERS: tuple[APIRouter, ...] = (health_routes.router, own_links.router)
