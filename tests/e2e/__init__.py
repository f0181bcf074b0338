"""The whole of Redress as its users meet it: over HTTP, by e-mail and from the command line."""
