"""Drives evolution-data-server: in the CardDAV book `doublon` it adds a card, changes one, removes one, and prints what the book then holds."""

import sys

import gi

for namespace in ("EDataServer", "EBook", "EBookContacts"):
    gi.require_version(namespace, "1.2")
from gi.repository import EBook, EBookContacts, EDataServer  # noqa: E402

registry = EDataServer.SourceRegistry.new_sync(None)
source = registry.ref_source("doublon")
credentials = EDataServer.NamedParameters.new()
credentials.set("username", sys.argv[1])
credentials.set("password", sys.argv[2])
EDataServer.SourceCredentialsProvider.new(registry).store_sync(source, credentials, False, None)
book = EBook.BookClient.connect_sync(source, 5, None)
book.refresh_sync(None)
lines = ["BEGIN:VCARD", "VERSION:3.0", "UID:evo-1", "FN:Eve Olution", "N:Olution;Eve;;;", "END:VCARD"]
book.add_contact_sync(EBookContacts.Contact.new_from_vcard("\r\n".join(lines)), 0, None)
_, change = book.get_contact_sync("change", None)
change.set_property("full-name", "Changed By Evolution")
book.modify_contact_sync(change, 0, None)
book.remove_contact_by_uid_sync("remove", 0, None)
book.refresh_sync(None)
_, contacts = book.get_contacts_sync('(contains "x-evolution-any-field" "")', None)
for contact in contacts:
    print("contact:", contact.get_property("full-name"))
