/** Two or three small letters (ISO 639), or nothing. */
export const isLanguage = (text: string): boolean => /^([a-z]{2,3})?$/.test(text);
