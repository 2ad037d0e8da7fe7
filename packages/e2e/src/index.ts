export type { ConsoleError } from "./console-watch"
export { openWorkbench, startVsCodeHost, type VsCodeHost, type VsCodeHostOptions } from "./vscode-host"
export type { Workbench, WorkbenchOptions } from "./workbench"
