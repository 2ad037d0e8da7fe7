import { expect, it } from "vitest"
import { fitsNode } from "./node-version"

it.each([
	["22.23.1", "22.23.1", true],
	["22.24.0", "22.23.1", true],
	["22.9.0", "22.23.1", false],
	["20.20.2", "20.19.2", true],
	["20.20.2", "22.23.1", false],
	["24.0.0", "22.23.1", false],
	["20.19.4", "v20.19.2", true],
	["22.1.0", "22", true],
	["20.1.0", "22.x", false],
	["24.0.0", ">=20.19.0", true],
	["20.9.0", ">=20.19.0", false],
	["24.0.0", ">= 20.19.0 <24", false],
	["23.9.0", ">= 20.19.0 <24", true],
	["24.0.0", ">22 <=24", true],
	["22.0.0", "^20.19.0 || ^22.0.0", true],
	["21.0.0", "^20.19.0 || ~22.0.0", false],
	["20.0.0", "lts/*", true],
	["20.0.0", "*", true],
])("Node.js %s for %j: %s", (version, wanted, fits) => {
	expect(fitsNode(version, wanted)).toBe(fits)
})
