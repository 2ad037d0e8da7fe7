import { createContext, useContext } from "react"

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the host's own type
type Translate = (key: string, options?: Record<string, any>) => string

export const TranslationContext = createContext<{ t: Translate }>({ t: (key) => key })

export const useAppTranslation = () => useContext(TranslationContext)
