// Signs of ASCII by their names.

export const SPACE: u8 = 32
export const QUOTE: u8 = 34
export const PLUS: u8 = 43
export const COMMA: u8 = 44
export const MINUS: u8 = 45
export const POINT: u8 = 46
export const SLASH: u8 = 47
export const COLON: u8 = 58
export const EQUALS: u8 = 61
export const OPEN: u8 = 91
export const BACKSLASH: u8 = 92
export const CLOSE: u8 = 93
export const LOW_LINE: u8 = 95
export const DELETE: u8 = 127
