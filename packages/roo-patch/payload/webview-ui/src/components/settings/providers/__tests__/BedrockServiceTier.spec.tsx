import { type ProviderSettings, bedrockTierChoice } from "@roo-code/types"

import { fireEvent, render, screen, within } from "@/utils/test-utils"
import i18n, { loadTranslations } from "@src/i18n/setup"
import { TranslationContext } from "@src/i18n/TranslationContext"

import { BedrockServiceTier } from "../BedrockServiceTier"

// The real implementation, which one test replaces for a case that no model of the current catalog has.
vi.mock("@roo-code/types", async (importOriginal) => {
	const types = await importOriginal<typeof import("@roo-code/types")>()
	return { ...types, bedrockTierChoice: vi.fn(types.bedrockTierChoice) }
})

const NOVA_PRO = "amazon.nova-pro-v1:0"
const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const DISPUTED = "deepseek.v3-v1:0"

const setApiConfigurationField = vi.fn()

const tierOf = (settings: ProviderSettings) => (
	<TranslationContext.Provider value={{ t: (key, options) => i18n.t(key, options) as string, i18n }}>
		<BedrockServiceTier
			apiConfiguration={{ apiProvider: "bedrock", ...settings }}
			setApiConfigurationField={setApiConfigurationField}
		/>
	</TranslationContext.Provider>
)

const renderTier = (settings: ProviderSettings) => render(tierOf(settings))

function openOptions() {
	fireEvent.keyDown(screen.getByTestId("bedrock-service-tier"), { key: "Enter" })
	return screen.getAllByRole("option")
}

/** The text of the table's cells, row by row, as a screen reader announces it. */
function tableRows() {
	return screen.getAllByRole("row").map((row) => Array.from(row.children, (cell) => cell.textContent))
}

describe("BedrockServiceTier", () => {
	beforeAll(() => loadTranslations())
	beforeEach(() => vi.clearAllMocks())

	describe("for a model that supports tiers", () => {
		const novaPro: ProviderSettings = { apiModelId: NOVA_PRO, awsRegion: "us-east-1" }

		it("offers each tier with its description", () => {
			renderTier(novaPro)
			expect(openOptions().map((option) => option.textContent)).toEqual([
				"Standard The normal price and speed.",
				"Flex Lower price, but requests may wait.",
				"Priority Served first, at a higher price.",
			])
			expect(setApiConfigurationField).not.toHaveBeenCalled()
		})

		it("gives the select an accessible name, a value and a description", () => {
			renderTier({ ...novaPro, awsBedrockServiceTier: "FLEX" })
			const select = screen.getByRole("combobox", { name: "Service tier" })
			expect(select).toBe(screen.getByTestId("bedrock-service-tier"))
			expect(select).toHaveTextContent("Flex")
			expect(select).toHaveAccessibleDescription("Lower price, but requests may wait.")
		})

		it("shows the prices of each tier, with the chosen tier marked by text", () => {
			renderTier({ ...novaPro, awsBedrockServiceTier: "PRIORITY" })
			expect(screen.getByRole("table", { name: "USD per million tokens: us-east-1" })).toBeInTheDocument()
			expect(tableRows()).toEqual([
				["Tier", "Input", "Output", "Cache reads", "Cache writes"],
				["Standard", "$0.80", "$3.20", "$0.20", "$0.00"],
				["Flex", "$0.40", "$1.60", "$0.10", "$0.00"],
				["Priority (chosen)", "$1.40", "$5.60", "$0.35", "$0.00"],
			])
			const columns = screen.getAllByRole("columnheader").map((cell) => cell.getAttribute("scope"))
			expect(columns).toEqual(["col", "col", "col", "col", "col"])
			const rows = screen.getAllByRole("rowheader").map((cell) => cell.getAttribute("scope"))
			expect(rows).toEqual(["row", "row", "row"])
		})

		it("marks Standard as chosen when no tier is stored", () => {
			renderTier(novaPro)
			expect(screen.getByTestId("bedrock-service-tier")).toHaveTextContent("Standard")
			expect(screen.getByRole("rowheader", { name: "Standard (chosen)" })).toBeInTheDocument()
		})

		it.each([
			["Flex", "FLEX"],
			["Priority", "PRIORITY"],
		])("stores %s as %s", (name, stored) => {
			renderTier(novaPro)
			const option = openOptions().find(({ textContent }) => textContent?.startsWith(name))
			fireEvent.keyDown(option!, { key: "Enter" })
			expect(setApiConfigurationField.mock.calls).toEqual([["awsBedrockServiceTier", stored]])
		})

		it("stores Standard as STANDARD", () => {
			renderTier({ ...novaPro, awsBedrockServiceTier: "FLEX" })
			fireEvent.keyDown(openOptions()[0]!, { key: "Enter" })
			expect(setApiConfigurationField.mock.calls).toEqual([["awsBedrockServiceTier", "STANDARD"]])
		})

		it("names the cross-region profile in the caption of the prices", () => {
			renderTier({ ...novaPro, awsUseCrossRegionInference: true })
			expect(
				screen.getByRole("table", { name: "USD per million tokens: us-east-1, cross-region profile" }),
			).toBeInTheDocument()
		})

		it("states that no region is chosen, and shows no prices", () => {
			renderTier({ apiModelId: NOVA_PRO })
			expect(screen.getByRole("table", { name: "USD per million tokens: no region chosen" })).toBeInTheDocument()
			expect(tableRows()[1]).toEqual(["Standard (chosen)", "—not known", "—not known"])
		})

		it("uses the model and the region of a foundation model ARN", () => {
			renderTier({
				apiModelId: "custom-arn",
				awsCustomArn: `arn:aws:bedrock:us-east-1::foundation-model/${NOVA_PRO}`,
				awsRegion: "eu-west-1",
			})
			expect(screen.getByTestId("bedrock-service-tier")).toBeInTheDocument()
			expect(within(screen.getByRole("table")).getByText("USD per million tokens: us-east-1")).toBeInTheDocument()
			expect(tableRows()[2]).toEqual(["Flex", "$0.40", "$1.60", "$0.10", "$0.00"])
		})
	})

	describe("for a model whose tier support is disputed", () => {
		it("marks the disputed tiers, and explains the dispute for the chosen one", () => {
			renderTier({ apiModelId: DISPUTED, awsRegion: "us-east-1", awsBedrockServiceTier: "FLEX" })
			expect(screen.getByTestId("bedrock-service-tier")).toHaveTextContent("Flex (contested)")
			expect(screen.getByText(/^AWS's own pages disagree/)).toBeInTheDocument()
			expect(openOptions().map(({ textContent }) => textContent?.includes("(contested)"))).toEqual([
				false,
				true,
				true,
			])
		})

		it("shows no explanation while Standard is chosen", () => {
			renderTier({ apiModelId: DISPUTED, awsRegion: "us-east-1" })
			expect(screen.queryByText(/^AWS's own pages disagree/)).not.toBeInTheDocument()
		})
	})

	describe("for a model that supports tiers, but not the stored one", () => {
		it("shows that the stored tier is not sent", () => {
			const novaPro: ProviderSettings = { apiModelId: NOVA_PRO, awsRegion: "us-east-1" }
			const choice = bedrockTierChoice(novaPro)!
			const options = choice.options.filter(({ tier }) => tier !== "flex")
			vi.mocked(bedrockTierChoice).mockReturnValueOnce({ ...choice, options })
			renderTier({ ...novaPro, awsBedrockServiceTier: "FLEX" })
			const select = screen.getByTestId("bedrock-service-tier")
			expect(select).toHaveTextContent("Flex (not taken by this model, not sent)")
			expect(select).toHaveAccessibleDescription(
				"The service tier Flex stays stored but is not sent to this model.",
			)
			expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual([
				"Standard",
				"Priority",
			])
			expect(openOptions().map(({ textContent }) => textContent)).toContain(
				"Flex (not taken by this model, not sent)",
			)
		})
	})

	describe("for an application inference profile, which hides its model", () => {
		it("offers the tiers without prices", () => {
			renderTier({
				apiModelId: "custom-arn",
				awsCustomArn: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123",
			})
			expect(screen.getByTestId("bedrock-service-tier")).toBeInTheDocument()
			expect(screen.getByText(/^AWS decides whether/)).toBeInTheDocument()
			expect(screen.queryByRole("table")).not.toBeInTheDocument()
		})
	})

	// A field that changes without user input would show "unsaved changes".
	it("does not change the settings when another model is selected", () => {
		const { rerender } = renderTier({ apiModelId: NOVA_PRO, awsRegion: "us-east-1", awsBedrockServiceTier: "FLEX" })
		for (const apiModelId of [CLAUDE, DISPUTED, "custom-arn", undefined, NOVA_PRO]) {
			rerender(tierOf({ apiModelId, awsRegion: "us-east-1", awsBedrockServiceTier: "FLEX" }))
		}
		expect(setApiConfigurationField).not.toHaveBeenCalled()
	})

	describe("for a model that supports no tier", () => {
		it.each([undefined, "STANDARD"] as const)("renders nothing when %s is stored", (awsBedrockServiceTier) => {
			const { container } = renderTier({ apiModelId: CLAUDE, awsRegion: "us-east-1", awsBedrockServiceTier })
			expect(container).toBeEmptyDOMElement()
		})

		it("states that a stored tier stays stored but is not sent", () => {
			renderTier({ apiModelId: CLAUDE, awsRegion: "us-east-1", awsBedrockServiceTier: "FLEX" })
			expect(
				screen.getByText("The service tier Flex stays stored but is not sent to this model."),
			).toBeInTheDocument()
			expect(screen.queryByTestId("bedrock-service-tier")).not.toBeInTheDocument()
			expect(setApiConfigurationField).not.toHaveBeenCalled()
		})
	})
})
