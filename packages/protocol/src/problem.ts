import { detail, type DetailCode, type ErrorDetail } from "@bedrock-tiers/error-details"
import type * as z from "zod/mini"

type Issue = z.core.$ZodIssue

/** Names of the problems of a field. */
type FieldProblem<Code = DetailCode> = Code extends `field.${infer Name}` ? Name : never

/** Sets the problem that `issueDetail` returns for a failed check. */
export function problem(name: FieldProblem): { error: string } {
	return { error: `field.${name}` }
}

/** Describes a validation error. It never contains the invalid value, which may be a secret. */
export function issueDetail(issue: Issue | undefined): ErrorDetail {
	if (issue?.code === "custom" && issue.params?.detail) return issue.params.detail as ErrorDetail
	if (issue?.message.startsWith("field.")) return { code: issue.message, params: {} }
	if (issue?.code === "too_small") {
		if (issue.origin === "string") return detail("field.empty")
		const min = Number(issue.minimum)
		return issue.inclusive === false ? detail("field.not-above", { min }) : detail("field.below", { min })
	}
	if (issue?.code === "too_big") {
		const max = Number(issue.maximum)
		return issue.origin === "string" ? detail("field.too-long", { max }) : detail("field.above", { max })
	}
	return detail("field.invalid")
}
