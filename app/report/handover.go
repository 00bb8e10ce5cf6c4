package report

import (
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

//go:embed handover.html
var handOverPage string

// HandOver writes what the next shift needs as one page to print: no scripts, nothing that is loaded from elsewhere.
func (Writer) HandOver(_ context.Context, path string, h desk.HandOver, zone *time.Location) (string, error) {
	page, err := parsed("hand-over", handOverPage, template.FuncMap{
		"clock": func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return say.Minute(t.In(zone))
		},
		"state":   func(s incident.State) string { return say.W(s.String()) },
		"closing": closingName,
		"owner": func(name string) string {
			if name == "" {
				return say.T("nobody")
			}
			return name
		},
		"count": func(items []desk.HandOverItem) string {
			if len(items) == desk.HandOverMost {
				return say.T("the first %d; there are more", len(items))
			}
			return fmt.Sprint(len(items))
		},
		"zone": zone.String,
	})
	if err != nil {
		return "", err
	}
	return save(path, func(out io.Writer) error { return page.Execute(out, h) })
}

func closingName(c incident.Closing) string {
	if c == incident.ClosedMissed {
		return say.T("Missed (lost)")
	}
	return say.W(c.String())
}
