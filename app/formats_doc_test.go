//go:build !headless

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/watcher/format"
)

// TestFormatsDocument holds docs/FORMATS.md against what the program knows of its formats; -update writes it.
func TestFormatsDocument(t *testing.T) {
	const path = "../docs/FORMATS.md"
	want := formatsDocument(format.Infos())
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/FORMATS.md is stale: run go test ./app -run FormatsDocument -update")
	}
}

// What the README says is read is read.
func TestReadme_namesToolsThatAreRead(t *testing.T) {
	raw, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(raw), "| tool | export |\n|---|---|\n")
	if !found {
		t.Fatal("the README has no table of tools any more")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	for row := range strings.Lines(table) {
		for tool := range strings.SplitSeq(strings.Split(row, "|")[1], ",") {
			tool = strings.TrimSpace(tool)
			read := slices.ContainsFunc(format.Infos(), func(f backup.FormatInfo) bool { return strings.HasPrefix(f.Tool, tool) })
			if !read && tool != "Bareos" { // it writes what Bacula writes
				t.Errorf("no format is of %q", tool)
			}
		}
	}
}

func formatsDocument(infos []backup.FormatInfo) string {
	var b strings.Builder
	b.WriteString("# What is read\n\nWritten by `go test ./app -run FormatsDocument -update` from what the readers themselves do; `backstop formats --json` tells the same. " +
		"[ADDING_FORMATS.md](ADDING_FORMATS.md) says how to add one.\n\n" +
		"Of each export: how to make it, what a run is known by (so that it is kept once, however often it arrives), what it tells of, and what the tool's words and codes count as. " +
		"What a word counts as can be changed in the desk, under *Settings*, *Status map*. A word that is listed twice is told from other parts of the record. " +
		"Words with a host, a name or a number in them are not listed.\n")
	infos = slices.Clone(infos)
	slices.SortStableFunc(infos, func(x, y backup.FormatInfo) int {
		return strings.Compare(strings.ToLower(x.Tool), strings.ToLower(y.Tool))
	})
	for i, f := range infos {
		if i == 0 || f.Tool != infos[i-1].Tool {
			fmt.Fprintf(&b, "\n## %s\n", f.Tool)
		}
		formatSection(&b, f)
		if i+1 == len(infos) || infos[i+1].Tool != f.Tool {
			codesSection(&b, infos, f.Tool)
		}
	}
	return b.String()
}

func formatSection(b *strings.Builder, f backup.FormatInfo) {
	fmt.Fprintf(b, "\n### %s\n\n`%s`, version %d, %s", cell(f.Title), f.Name, f.Version, map[backup.Evidence]string{
		backup.Inventory: "an inventory of what exists: it never changes a known outcome", backup.List: "a list of runs", backup.Report: "each run's own report",
	}[f.Evidence])
	if f.EndsOnly {
		b.WriteString("; finished runs only")
	}
	fmt.Fprintf(b, ".\n\n%s\n\n- A run is known by: %s.\n- It tells of: %s.\n", f.Export, strings.Join(f.Identity, "; or by "), strings.Join(f.Kinds, "; "))
	if len(f.Endings) == 0 {
		return
	}
	b.WriteString("\n| word | code | counts as |\n|---|---|---|\n")
	for _, e := range f.Endings {
		word := cell(e.Word)
		if e.Word == "" && e.Code == "" {
			word = "*none of its own*"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", word, cell(e.Code), e.Told)
	}
}

// codesSection lists a tool's codes once, though several formats know them.
func codesSection(b *strings.Builder, infos []backup.FormatInfo, tool string) {
	var codes []backup.CodeMeaning
	for _, f := range infos {
		if f.Tool == tool {
			for _, c := range f.Codes {
				if !slices.Contains(codes, c) {
					codes = append(codes, c)
				}
			}
		}
	}
	if len(codes) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### Codes of %s\n\n| code | in words |\n|---|---|\n", tool)
	for _, c := range codes {
		fmt.Fprintf(b, "| %s | %s |\n", cell(c.Code), cell(c.Meaning))
	}
}

// cell keeps a text from ending its cell or its line.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", `\<`, "*", `\*`, "_", `\_`).Replace(s)
}
