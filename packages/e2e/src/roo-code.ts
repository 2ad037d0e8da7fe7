import type { FrameLocator, Locator } from "playwright"
import type { VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/** Contents of the file that is imported at startup: one profile for Bedrock, without a service tier. */
export function rooCodeSettings(endpoint: string, apiModelId: string) {
	return {
		providerProfiles: {
			currentApiConfigName: "Bedrock",
			apiConfigs: {
				Bedrock: {
					id: "bedrock",
					apiProvider: "bedrock",
					apiModelId,
					awsRegion: "us-east-1",
					awsAccessKey: "AKIDEMULATOR",
					awsSecretKey: "not-a-secret",
					awsBedrockEndpoint: endpoint,
					awsBedrockEndpointEnabled: true,
				},
			},
		},
		globalSettings: {
			telemetrySetting: "disabled",
			enableCheckpoints: false,
			// It lists workspace files with VS Code's ripgrep, which has another path in newer VS Code versions.
			maxWorkspaceFiles: 0,
		},
	}
}

/** Roo Code, or its fork Zoo Code, in one VS Code window. Controls are found by the labels that a user sees. */
export class RooCode {
	private constructor(
		readonly workbench: Workbench,
		private readonly name: string,
	) {}

	/**
	 * Opens a new window, in which only the imported profile is stored, and closes the release notes.
	 * @param name begins the names of screenshots
	 */
	static async open(host: VsCodeHost, name: string): Promise<RooCode> {
		const roo = new RooCode(await host.open({ viewport: { width: 1280, height: 1100 } }), name)
		await roo.button("Close").click()
		await roo.workbench.setViewWidth(480)
		return roo
	}

	get view(): FrameLocator {
		return this.workbench.view
	}

	get tierDropdown(): Locator {
		return this.view.getByRole("combobox", { name: "Service tier", exact: true })
	}

	/** The first amount in the task's header. */
	get taskCost(): Locator {
		return this.view.getByText(/^\$\d+\.\d\d$/).first()
	}

	button(name: string): Locator {
		return this.view.getByRole("button", { name, exact: true })
	}

	/** Rows of API requests that show a tier: title, tier and cost, one line per row. */
	async requestRows(): Promise<string[]> {
		const rows = await this.view.getByTestId("bedrock-tier-label").locator("..").allInnerTexts()
		return rows.map((row) => row.replaceAll(/\s+/g, " "))
	}

	/** Rows of the price table, as displayed. */
	async priceTable(): Promise<string[]> {
		const rows = await this.view.getByRole("table").getByRole("row").allInnerTexts()
		return rows.map((row) => row.replaceAll(/\s+/g, " "))
	}

	async openSettings(): Promise<void> {
		await this.workbench.titleButton("Settings").click()
		await this.view.getByText("API Provider").waitFor()
	}

	async chooseTier(label: string): Promise<void> {
		await this.tierDropdown.click()
		await this.view.getByRole("option", { name: new RegExp(`^${label}`) }).click()
	}

	async chooseModel(id: string): Promise<void> {
		await this.view.getByTestId("model-picker-button").click()
		await this.view.getByTestId("model-input").fill(id)
		await this.view.getByRole("option", { name: id, exact: true }).click()
	}

	async saveSettings(): Promise<void> {
		await this.button("Save").click()
		await this.button("Done").click()
	}

	/** Starts a task with this text, or replies in the open task. */
	async send(text: string): Promise<void> {
		const composer = this.view.getByPlaceholder(/^Type (your task here|a message)/)
		await composer.fill(text)
		await composer.press("Enter")
	}

	/** Takes two screenshots: at 480 px, the most common width, and at 300 px, VS Code's own and the narrowest one. */
	async takeScreenshots(name: string): Promise<void> {
		for (const width of [300, 480]) {
			await this.workbench.setViewWidth(width)
			await this.workbench.screenshot(`${this.name}-${name}-${width}`)
		}
	}
}
