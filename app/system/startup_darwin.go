package system

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
)

// path is where launchd looks for a person's agents.
func (s Startup) path() string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = os.TempDir() // nobody's: launchd does not look there
	}
	return filepath.Join(home, "Library", "LaunchAgents", s.ID+".plist")
}

func (s Startup) entry() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` + "\n<plist version=\"1.0\"><dict>\n")
	b.WriteString("<key>Label</key><string>" + xmlText(s.ID) + "</string>\n<key>ProgramArguments</key><array>\n")
	for _, w := range s.Command {
		b.WriteString("<string>" + xmlText(w) + "</string>\n")
	}
	b.WriteString("</array>\n<key>RunAtLoad</key><true/>\n</dict></plist>\n")
	return b.String()
}

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
