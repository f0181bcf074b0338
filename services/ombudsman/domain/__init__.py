"""The rules of the ombudsman service, a folder a stream: pure."""
