/** The catalog's authored files in a checkout: an entry of its own, which the extension does not load. */
export { findDataFolder, readDataFolder, type DataFolder } from "./data-folder"
export { writePriceFiles } from "./price-file"
