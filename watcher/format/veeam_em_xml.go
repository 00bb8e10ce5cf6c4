package format

import (
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// The same sessions as Enterprise Manager answers with when nobody asks for JSON.
var _ = register(Format{
	Name:     "veeam_em_xml",
	Version:  1,
	Tool:     "Veeam",
	Title:    "Enterprise Manager: BackupJobSession (XML)",
	Export:   say.N("Ask Enterprise Manager's REST API: https://SERVER:9398/api/query?type=BackupJobSession&format=Entities&filter=CreationTime>=2026-02-10T00:00:00&pageSize=1000 (a page for each 1000)."),
	Evidence: backup.List,
	Match: func(head []byte) bool {
		return strings.HasPrefix(strings.TrimLeft(string(head[:min(len(head), 256)]), " \t\r\n\ufeff"), "<") && holds(head, "<BackupJobSession ", "<CreationTimeUTC>")
	},
	Executions: veeamXML,
})

// veeamXML yields the sessions. encoding/xml expands no entities of a document's own.
func veeamXML(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		r, err := in.Open()
		if err != nil {
			yield(backup.Execution{}, err)
			return
		}
		defer r.Close()
		lines := &lineOffsets{r: r}
		bound := &xmlBound{r: lines}
		d := xml.NewDecoder(bound)
		bound.d = d
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded already
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			offset := d.InputOffset()
			if err != nil {
				yield(backup.Execution{}, bad(lines.line(offset), say.Record("the XML breaks or ends here: %v", err)))
				return
			}
			start, ok := token.(xml.StartElement)
			if !ok || start.Name.Local != "BackupJobSession" {
				continue
			}
			if !yield(veeamXMLSession(in, d, start, lines.line(offset), offset)) {
				return
			}
		}
	}
}

// xmlBound stops reading where one token grows beyond maxJSON.
type xmlBound struct {
	r    io.Reader
	d    *xml.Decoder
	read int64
}

func (b *xmlBound) Read(p []byte) (int, error) {
	if b.d != nil && b.read-b.d.InputOffset() > maxJSON {
		return 0, errLongJSON
	}
	n, err := b.r.Read(p)
	b.read += int64(n)
	return n, err
}

// veeamXMLSession reads one element, whose children have the names of the JSON.
func veeamXMLSession(in *Input, d *xml.Decoder, start xml.StartElement, line int, offset int64) (backup.Execution, error) {
	var s struct {
		UID     string `xml:"UID,attr"`
		Name    string `xml:"JobName"`
		Type    string `xml:"JobType"`
		Start   string `xml:"CreationTimeUTC"`
		End     string `xml:"EndTimeUTC"`
		State   string `xml:"State"`
		Result  string `xml:"Result"`
		Failure string `xml:"FailureMessage"`
		Retry   string `xml:"IsRetry"`
	}
	if err := d.DecodeElement(&s, &start); err != nil {
		return backup.Execution{}, bad(line, say.Record("the session cannot be read: %v", err))
	}
	e, err := veeamEMExecution(in, line, veeamEMSession{
		UID: s.UID, Name: s.Name, Type: s.Type, Start: s.Start, End: s.End, State: s.State, Result: s.Result,
		Failure: s.Failure, Retry: strings.EqualFold(s.Retry, "true"),
	})
	e.Line, e.Offset = line, offset
	return e, err
}
