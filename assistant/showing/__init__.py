"""How a reply is shown on pages of ours: to members in the chat, and to staff before they publish. Markup and words."""
