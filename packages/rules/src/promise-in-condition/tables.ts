/** The builtins that have such methods: arrays, typed arrays and iterators. */
export const SEQUENCES: RegExp =
  /^(?:Readonly)?Array$|^(?:Uint8Clamped|(?:Big)?(?:Ui|I)nt\d+|Float\d+)Array$|^(?:Array|Map|Set|String)Iterator$|^Iterator(?:Object)?$|^Generator$/;
