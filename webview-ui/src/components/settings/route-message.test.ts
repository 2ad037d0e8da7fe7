import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { createLocale } from "../../locale"
import { routeMessage } from "./route-message"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const sentence = (modelId: string, region: string, route: Parameters<typeof routeMessage>[0]["route"]) =>
	routeMessage({ modelId, region, route }, locale)

const NOVA_2_LITE = "amazon.nova-2-lite-v1:0"

describe("The sentence under the route", () => {
	test("names the id that is called", () => {
		expect(sentence("openai.gpt-oss-120b-1:0", "us-east-1", "auto")).toEqual({
			text: "Called in the region itself, as openai.gpt-oss-120b-1:0",
			works: true,
		})
		expect(sentence(NOVA_2_LITE, "us-east-1", "auto").text).toContain(`as us.${NOVA_2_LITE}`)
		expect(sentence(NOVA_2_LITE, "us-east-1", "global").text).toContain(`as global.${NOVA_2_LITE}`)
	})

	test("asks before data leaves the geography", () => {
		expect(sentence(NOVA_2_LITE, "ap-south-1", "auto")).toEqual({
			text: "Nova 2 Lite can be called from ap-south-1 only through the global profile, which lets data leave the geography. Choose “Global profile” to allow that.",
			works: false,
		})
	})

	test("says which routes there are instead", () => {
		expect(sentence(NOVA_2_LITE, "us-east-1", "in-region")).toEqual({
			text: "Nova 2 Lite cannot be called so from us-east-1. Choose one of: Geographic profile or Global profile.",
			works: false,
		})
	})

	test("says that a route does not change an id that was typed in full", () => {
		expect(sentence(`us.${NOVA_2_LITE}`, "us-east-1", "global")).toEqual({
			text: `The route does not change an id typed in full. Called as us.${NOVA_2_LITE}`,
			works: true,
		})
	})

	test("says where an ARN is called, when that is not the region that was chosen", () => {
		const arn = "arn:aws:bedrock:eu-west-1:123456789012:imported-model/abcdef123456"
		expect(sentence(arn, "us-east-1", "auto").text).toBe(
			`The ARN's region wins: eu-west-1 is called, not us-east-1. The route does not change an id typed in full. Called as ${arn}`,
		)
		expect(sentence(arn, "eu-west-1", "auto").text).toBe(
			`The route does not change an id typed in full. Called as ${arn}`,
		)
	})

	test("says what to type instead of a profile that does not exist", () => {
		expect(sentence("us.openai.gpt-oss-120b-1:0", "us-east-1", "auto")).toEqual({
			text: "gpt-oss-120b cannot be called as us.openai.gpt-oss-120b-1:0. Type openai.gpt-oss-120b-1:0 and choose: In-region.",
			works: false,
		})
	})

	test("says nothing where no model is named", () => {
		expect(sentence("no model", "us-east-1", "auto").text).toBe("")
	})

	test("says what is not known of a model outside the catalog", () => {
		expect(sentence("acme.brand-new-v1:0", "us-east-1", "auto").text).toBe(
			"It is not known whether this works from us-east-1. Called as acme.brand-new-v1:0",
		)
		expect(sentence("acme.brand-new-v1:0", "us-east-1", "geo").works).toBe(false)
	})
})
