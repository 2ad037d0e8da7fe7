import { lazy } from "react"
import { withPageMessages } from "../../load-messages"

// Few answers fail, so the chat does not wait for the texts of error details.
export const loadFailures = () => withPageMessages(Promise.all([import("./FailureBlock"), import("./FailedAttempts")]))
export const FailureBlock = lazy(async () => ({ default: (await loadFailures())[0].FailureBlock }))
export const FailedAttempts = lazy(async () => ({ default: (await loadFailures())[1].FailedAttempts }))
