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
	return text
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

export function readRegion(text: string): string {
	if (!isRegionCode(text)) throw new InvalidArgumentError("It cannot be an AWS region code.")
	return text
}

/** "default, flex, priority or reserved", without the comma that American English puts before "or". */
export const TIER_WORDS = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(SERVICE_TIERS)

export function readTier(text: string): ServiceTier {
	if (isServiceTier(text)) return text
	const hint = text.toLowerCase() === "standard" ? " Standard is called default." : ""
	throw new InvalidArgumentError(`A tier is ${TIER_WORDS}.${hint}`)
}

export function readTokens(text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is not a whole number of tokens.")
	return Number(text)
}

export function readTemperature(text: string): number {
	if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) throw new InvalidArgumentError("It is not a number from 0 to 1.")
	return Number(text)
}

export function readPercent(text: string): number {
	const percent = Number(text)
	if (!/^\d{1,3}(\.\d+)?$/.test(text) || percent > 100)
		throw new InvalidArgumentError("It is not a percentage from 0 to 100.")
	return percent
}

export function readEndpoint(text: string): string {
	if (!isAllowedEndpoint(text)) throw new InvalidArgumentError("It must be https, or http on this machine.")
	return text
}

export function readPrompt(text: string): string {
	if (text.trim() === "") throw new InvalidArgumentError("It is empty.")
	return text
}

export function readPort(text: string): number {
	const port = Number(text)
	if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError("It is not a port.")
	return port
}
