"""The demonstration: Redress does its job once, on real parts, over HTTP as a contact-centre CRM would."""
