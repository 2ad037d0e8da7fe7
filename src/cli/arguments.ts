import {
	isRegionCode,
	isServiceTier,
	SERVICE_TIERS,
	readModelRef,
	type ServiceTier,
	type DeclaredModel,
} from "@bedrock-tiers/core"
import { englishText, modelRefDetail } from "@bedrock-tiers/error-details"
import { isAllowedEndpoint } from "@bedrock-tiers/protocol"
import { InvalidArgumentError, Option } from "commander"

/** Argument parsers for commander. An invalid argument gives one line on stderr and exit code 2, before any request. */

export function readModelId(text: string): string {
	const ref = readModelRef(text)
	if ("problem" in ref) throw new InvalidArgumentError(englishText([modelRefDetail(text, ref)]))
	return ref.modelId
}

/** `--stands-for <id>`: the model behind an application profile, read into `declaredModelId`. */
export function declaredModelIdOption(description: string): Option {
	const option = new Option("--stands-for <id>", description).argParser(readModelId)
	option.attributeName = () => "declaredModelId"
	return option
}

/** The user's declaration of the model behind an application profile; empty when there is none. */
export function declaredModelsFor(arn: string, modelId: string | undefined): DeclaredModel[] {
	return modelId === undefined ? [] : [{ arn, modelId }]
}

export const readRegion = textReader("It cannot be an AWS region code.", isRegionCode)
export const readEndpoint = textReader("It must be https, or http on this machine.", isAllowedEndpoint)
export const readPrompt = textReader("It is empty.", (text) => text.trim() !== "")

export const readTokens = numberReader("It is not a whole number of tokens, with at most 15 digits.", /^\d{1,15}$/)
export const readTemperature = numberReader("It is not a number from 0 to 1.", /^[01](\.\d+)?$/, 1)
export const readPercent = numberReader("It is not a percentage from 0 to 100.", /^\d{1,3}(\.\d+)?$/, 100)
export const readPort = numberReader("It is not a port.", /^\d{1,5}$/, 65_535)

function textReader(message: string, isValid: (text: string) => boolean) {
	return (text: string): string => {
		if (!isValid(text)) throw new InvalidArgumentError(message)
		return text
	}
}

function numberReader(message: string, pattern: RegExp, max = Infinity) {
	return (text: string): number => {
		if (!pattern.test(text) || Number(text) > max) throw new InvalidArgumentError(message)
		return Number(text)
	}
}

/** "default, flex, priority or reserved", without the comma that American English puts before "or". */
export const TIER_WORDS = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(SERVICE_TIERS)

export function readTier(text: string): ServiceTier {
	if (isServiceTier(text)) return text
	const hint = text.toLowerCase() === "standard" ? " Standard is called default." : ""
	throw new InvalidArgumentError(`A tier is ${TIER_WORDS}.${hint}`)
}
