/**
 * Reads and writes the catalog's source files in a checkout. A separate module, because the extension does not load it.
 */
export { findDataFolder, readDataFolder, type DataFolder } from "./data-folder"
export { writePriceFiles } from "./price-file"
