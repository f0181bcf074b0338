"""What the workbench asks the services."""
