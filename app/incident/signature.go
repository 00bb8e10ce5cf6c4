package incident

import (
	"regexp"
	"strings"
)

// fold is a form that text may take and what stands for it in a signature; empty keeps it as it is.
type fold struct {
	form  string
	stand string
}

// folds are tried in this order at every place of a text. Codes come first, since they are what tells one error from another
// and would else be taken for numbers.
var folds = []fold{
	{`\b[A-Z]{2,10}-?\d{4,6}[A-Z]?\b`, ""}, // ORA-19502, ANR1234E
	{`(?i)\b(?:error|errno|err|code|status|rc|exit|returned|result|state|reason)(?: (?:code|status|number))?[ =:#(]*\d+(?:[.:]?(?:\s|$)|[,;)\]"'])`, ""}, // status 2074, exit code 12
	{`(?i)\b0x[0-9a-f]{1,8}\b`, ""}, // 0x80070005
	{`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`, "<id>"},
	{`(?i)\b[a-z][a-z0-9+.-]*://[^\s"'<>]+`, "<path>"},
	{`(?i)\b[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}\b`, "<address>"},
	{`"(?:[a-zA-Z]:[\\/]|\\\\|/)[^"]*"|'(?:[a-zA-Z]:[\\/]|\\\\|/)[^']*'`, "<path>"}, // a quoted one may hold blanks
	{`\b[a-zA-Z]:[\\/][^\s"'<>|,;]*|\\\\[^\s"'<>|,;]+|/[\w.@$~+-]+(?:/[^\s"'<>|,;:)]*)+`, "<path>"},
	{`(?i)\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b`, "<address>"},
	{`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b`, "<address>"},
	{`(?i)\b\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:z|[+-]\d\d:?\d\d)?\b`, "<time>"},
	{`\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b`, "<time>"},
	{`(?i)\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +(?:` + months + `\.? +\d{1,2}|\d{1,2}\.? +` + months + `)(?:,? +\d{4}\b)?`, "<time>"},
	{`(?i)\b(?:\d{1,2}[ .-]+` + months + `[ .-]+\d{2,4}|` + months + `\.? +\d{1,2}(?:, *\d{4})?)\b`, "<time>"},
	{`(?i)\b\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[ap]m\b)?`, "<time>"},
	{`(?i)\b(?:[0-9a-f]{0,3}:){3,7}:?[0-9a-f]{1,4}\b|\b[0-9a-f]{1,4}(?:::?[0-9a-f]{1,4}){3,7}\b`, "<address>"},
	{`(?i)\b[0-9a-f]*(?:\d[a-f]|[a-f]\d)[0-9a-f]{6,}\b`, "<id>"},
	{`\d+(?:[.,]\d+)*`, "<n>"},
}

const months = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*`

var foldForms = regexp.MustCompile(`(` + joinForms() + `)`)

func joinForms() string {
	forms := make([]string, len(folds))
	for i, f := range folds {
		forms[i] = f.form
	}
	return strings.Join(forms, `)|(`)
}

// maxSignature bounds how much of an error text is looked at: what tells errors apart stands at the beginning.
const maxSignature = 2000

// Signature folds an error text to what is the same each time the error occurs: numbers, dates, times, paths, ids and addresses
// are replaced, codes are kept. Two incidents with one signature are thought to be the same error.
func Signature(code, text string) string {
	if len(text) > maxSignature {
		text = strings.ToValidUTF8(text[:maxSignature], "")
	}
	var b strings.Builder
	b.WriteString(code + " ")
	end := 0
	for _, m := range foldForms.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[end:m[0]])
		b.WriteString(standIn(text, m))
		end = m[1]
	}
	b.WriteString(text[end:])
	return strings.Join(strings.Fields(strings.ToLower(b.String())), " ")
}

// standIn is what stands for a match: group i+1 of it is that of folds[i].
func standIn(text string, match []int) string {
	for i, f := range folds {
		if match[2*i+2] >= 0 && f.stand != "" {
			return f.stand
		}
	}
	return text[match[0]:match[1]]
}
