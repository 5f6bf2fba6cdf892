/** Lines of a card that people are not shown as fields. */

/** Those that only programs read. */
export const FOR_PROGRAMS: ReadonlySet<string> = new Set([
  ...['UID', 'REV', 'PRODID', 'X-ABLABEL', 'X-ABUID', 'X-ABSHOWAS'],
  // which of the addresses Outlook prints, and how it draws a business card
  ...['X-MS-OL-DEFAULT-POSTAL-ADDRESS', 'X-MS-OL-DESIGN'],
  // how Apple's Contacts crop and compare pictures
  ...['X-IMAGETYPE', 'X-IMAGEHASH', 'X-SHARED-PHOTO-DISPLAY-PREF'],
]);

/** With those that are seen otherwise: as the picture, in the full name, beside the address. */
export const NO_FIELDS: ReadonlySet<string> = new Set([...FOR_PROGRAMS, 'PHOTO', 'N', 'X-ABADR']);
