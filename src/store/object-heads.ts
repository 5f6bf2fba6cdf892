/** The beginnings of objects: what they are called, without reading them whole. */

/** Octets of a body that tell what it is called: a name or title stands before them, and no photo is read for a list. */
export const HEAD_OCTETS = 65_536;
