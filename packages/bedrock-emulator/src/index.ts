export { EMULATED_MODELS, type EmulatedModel } from "./models"
export type { EmulatorReport, RecordedRequest } from "./recorder"
export { isScenarioName, SCENARIOS, type ScenarioName } from "./scenarios"
export { startEmulator, type Emulator, type EmulatorOptions } from "./start-emulator"
