export { AttachmentTools } from "./AttachmentTools"
export { QuestionAttachments } from "./QuestionAttachments"
