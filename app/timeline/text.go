package timeline

import (
	"encoding/json"
	"fmt"
	"strings"

	"backstop/app/say"
)

// Text is the one form in which details are stored and hashed: JSON without blanks, names in the order name, from, to, empty
// from and to left out, and nothing escaped but the quote, the backslash and control characters. It is written here rather
// than by encoding/json, since the hash of an old entry must not depend on how a library escapes today.
func Text(details []Detail) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, d := range details {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"name":`)
		quote(&b, d.Name)
		if d.From != "" {
			b.WriteString(`,"from":`)
			quote(&b, d.From)
		}
		if d.To != "" {
			b.WriteString(`,"to":`)
			quote(&b, d.To)
		}
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.String()
}

// ParseText reads what Text writes.
func ParseText(text []byte) ([]Detail, error) {
	var details []Detail
	if err := json.Unmarshal(text, &details); err != nil {
		return nil, say.Error("details of an entry: %w", err)
	}
	return details, nil
}

// quote writes s as a JSON string. Bytes that are no UTF-8 become U+FFFD, as they would on the way back.
func quote(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
