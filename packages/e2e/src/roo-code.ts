import type { FrameLocator, Locator } from "playwright"
import type { ExtensionUnderTest } from "./extension-under-test"
import type { VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/** Roo Code as an extension to install: a package that somebody built. */
export function rooCodeExtension(vsix: string): ExtensionUnderTest {
	return { id: "RooVeterinaryInc.roo-cline", vsix, viewTitle: "Roo Code" }
}

/**
 * What Roo Code reads at its start from the file that its setting `roo-cline.autoImportSettingsPath` names: one profile
 * for Bedrock, with nothing said of a tier.
 */
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
			// It lists a workspace's files with VS Code's ripgrep, which newer VS Codes keep in another place.
			maxWorkspaceFiles: 0,
		},
	}
}

/** Roo Code in one VS Code window, found and operated by what a person reads there. */
export class RooCode {
	private constructor(readonly workbench: Workbench) {}

	/** A window of its own with nothing stored but the imported profile, and Roo's release notes read and closed. */
	static async open(host: VsCodeHost): Promise<RooCode> {
		const roo = new RooCode(await host.open({ viewport: { width: 1280, height: 1100 } }))
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

	/** The rows of API requests that name a tier: title, tier and cost, in one line each. */
	async requestRows(): Promise<string[]> {
		const rows = await this.view.getByTestId("bedrock-tier-label").locator("..").allInnerTexts()
		return rows.map((row) => row.replaceAll(/\s+/g, " "))
	}

	/** The price table as a person reads it, row by row. */
	async priceTable(): Promise<string[]> {
		const rows = await this.view.getByRole("table").getByRole("row").allInnerTexts()
		return rows.map((row) => row.replaceAll(/\s+/g, " "))
	}

	async openSettings(): Promise<void> {
		await this.workbench.titleButton("Settings").click()
		await this.view.getByText("API Provider").waitFor()
	}

	async chooseTier(word: string): Promise<void> {
		await this.tierDropdown.click()
		await this.view.getByRole("option", { name: new RegExp(`^${word}`) }).click()
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

	/** Starts a task with this text, or answers in the one that is open. */
	async send(text: string): Promise<void> {
		const composer = this.view.getByPlaceholder(/^Type (your task here|a message)/)
		await composer.fill(text)
		await composer.press("Enter")
	}

	/** Two pictures: at the width that most people use, and at VS Code's own, which is the narrowest that one meets. */
	async picture(name: string): Promise<void> {
		for (const width of [300, 480]) {
			await this.workbench.setViewWidth(width)
			await this.workbench.screenshot(`roo-code-${name}-${width}`)
		}
	}
}
