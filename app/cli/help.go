package cli

import (
	"flag"
	"fmt"
	"strings"
)

// Help is what `backstop --help` prints.
func Help() string {
	var b strings.Builder
	b.WriteString("Backstop: an incident desk for people who run backups.\n\n  backstop                       open the desk\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  backstop %-21s %s\n", c.name+short(c.args), c.about)
	}
	b.WriteString("  backstop --check-graphics      tell whether this machine can show windows\n  backstop --background          open the desk as an icon in the tray, where that was chosen in its settings\n  backstop --version | --help\n\n")
	b.WriteString("backstop COMMAND --help tells more. All commands take --db FILE.\n")
	b.WriteString("Exit status: 0 done, 1 done with something rejected or not clean, 2 wrong usage, 3 could not run.\n")
	return b.String()
}

func short(args string) string {
	if strings.Contains(args, "PATH") {
		return " PATH..."
	}
	if strings.Contains(args, "--out FILE") {
		return " --out FILE"
	}
	return ""
}

func helpFor(cmd *command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "backstop %s %s\n    %s\n\n", cmd.name, cmd.args, cmd.about)
	cmd.flagSet(&call{}).VisitAll(func(f *flag.Flag) {
		value, about := flag.UnquoteUsage(f)
		fmt.Fprintf(&b, "  --%-24s %s\n", strings.TrimSpace(f.Name+" "+value), about)
	})
	return b.String()
}
