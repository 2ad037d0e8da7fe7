import type { ComponentProps, ReactNode } from "react"

type SelectProps = { value?: string; onValueChange?: (value: string) => void; children: ReactNode }

export const Select = ({ children }: SelectProps) => <div>{children}</div>

export const SelectTrigger = (props: ComponentProps<"button">) => <button {...props} />

export const SelectValue = ({ placeholder, children }: { placeholder?: string; children?: ReactNode }) => (
	<span>{children ?? placeholder}</span>
)

export const SelectContent = (props: ComponentProps<"div">) => <div {...props} />

type SelectItemProps = { value: string; textValue?: string; children: ReactNode }

export const SelectItem = ({ value, children }: SelectItemProps) => <div data-value={value}>{children}</div>
