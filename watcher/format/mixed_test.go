package format

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMixedLines_tellObjectsFromText(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"indented among text":      {"begun\n{\n  \"a\": \"}{\"\n}\ndone\n", []string{"1 begun", "2 {⏎  \"a\": \"}{\"⏎}", "5 done"}},
		"a list on one line":       {`[{"a": 1}, {"a": {"b": 2}}]`, []string{`1 {"a": 1}`, `1 {"a": {"b": 2}}`}},
		"an indented list":         {"[\n {\"a\":1},\n {\"a\":2}\n]\n", []string{`2 {"a":1}`, `3 {"a":2}`}},
		"no line end behind it":    {`[{"a": 1}]terminating` + "\n" + `{"b": 2}`, []string{`1 {"a": 1}`, "1 terminating", `2 {"b": 2}`}},
		"a quote in a string":      {`{"a": "\"}"}` + "\nx\n", []string{`1 {"a": "\"}"}`, "2 x"}},
		"never closed":             {"{\"a\":\n{\"b\": 2}\n", []string{"1 error", `2 {"b": 2}`}},
		"cut":                      {"x\n{\"a\": [\n", []string{"1 x", "2 error"}},
		"a bracket that ends text": {"names [\n  a\n]\n[\n{\"a\": 1}\n]\n]\n", []string{"1 names [", "2   a", "3 ]", `5 {"a": 1}`, "7 ]"}},
		"bracket that is text":     {"[12:30] done\n", []string{"1 [12:30] done"}},
	} {
		var got []string
		for l, err := range mixedLines(testInput(t, []byte(c.text))) {
			if bad, ok := IsBad(err); ok {
				got = append(got, fmt.Sprint(bad.Line, " error"))
				continue
			}
			got = append(got, fmt.Sprint(l.N, " ", strings.ReplaceAll(l.Text, "\n", "⏎")))
			if !strings.HasPrefix(c.text[l.Offset:], l.Text) {
				t.Errorf("%s: %q is not at %d", name, l.Text, l.Offset)
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}
