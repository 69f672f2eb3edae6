"""Pages of models: train, compare with the live one, put live, roll back."""

from fastapi import APIRouter

from assistant.console.models import model_routes, overview_routes, promote_routes

# The overview's addresses come before those of a single model.
ROUTERS: tuple[APIRouter, ...] = (overview_routes.router, model_routes.router, promote_routes.router)
