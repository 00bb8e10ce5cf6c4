package system

import (
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// path is where desktops look for what to start (the Desktop Application Autostart Specification).
func (s Startup) path() string { return filepath.Join(xdg.ConfigHome, "autostart", s.ID+".desktop") }

func (s Startup) entry() string {
	words := make([]string, len(s.Command))
	for i, w := range s.Command {
		words[i] = execWord(w)
	}
	return "[Desktop Entry]\nType=Application\nName=" + s.Name + "\nExec=" + strings.Join(words, " ") + "\nIcon=" + s.ID + "\nTerminal=false\n"
}

// execWord writes a word of a command as the Desktop Entry Specification wants it: quoted, and escaped once for the quotes and once for
// the file.
func execWord(w string) string {
	w = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`).Replace(w)
	return `"` + strings.NewReplacer(`\`, `\\`, `%`, `%%`).Replace(w) + `"`
}
