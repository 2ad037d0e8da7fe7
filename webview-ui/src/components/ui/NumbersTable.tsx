type NumbersTableProps = {
	readonly caption: string
	readonly head: readonly string[]
	readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
}

/** Table with row headers in the first column. When it is wider than the view, it scrolls on its own. */
export function NumbersTable({ caption, head, rows }: NumbersTableProps) {
	return (
		<div className="numbers-scroll" role="region" aria-label={caption} tabIndex={0}>
			<table className="numbers">
				<caption>{caption}</caption>
				<thead>
					<tr>
						{head.map((name) => (
							<th key={name} scope="col">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map(({ key, cells: [name, ...values] }) => (
						<tr key={key}>
							<th scope="row">{name}</th>
							{values.map((value, index) => (
								<td key={index}>{value}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}
