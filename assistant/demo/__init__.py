"""A believable month of invented enquiries, so that a newcomer sees a living console. Nobody asked any of this."""
