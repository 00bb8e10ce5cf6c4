package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"

	"backstop/app/backup"
	"backstop/app/say"
)

// Bareos: the catalog's lists of jobs as the director's API gives them. Keys are the catalog's columns, and numbers mostly texts.
var _ = register(Format{
	Name:     "bareos_api_json",
	Version:  1,
	Tool:     "Bareos",
	Title:    "list jobs, llist jobs (.api json)",
	Export:   say.N(`printf '.api json\nllist jobs\n' | bconsole > jobs.json (llist counts errors and warnings, which list jobs does not show)`),
	Evidence: backup.List,
	Meaning:  baculaMeaning,
	Endings:  func() []backup.Ending { return baculaStateEndings() },
	Match:    func(head []byte) bool { return bareosAPI.Match(head) && holds(head, `"result"`, `"jobstatus"`) },
	Executions: func(in *Input) iter.Seq2[backup.Execution, error] {
		api := *in
		api.Open = func() (io.ReadCloser, error) {
			r, err := in.Open()
			return bareosAnswer{bufio.NewReaderSize(r, 64<<10), r, new(bool)}, err
		}
		tables := baculaTables{in: in, bareos: true}
		return jsonExecutions(&api, func(r jsonRecord) (e backup.Execution, ok bool, err error) {
			if r.key == "" { // the answer round the list
				return e, false, nil
			}
			var columns map[string]jsonText
			if err := r.into(&columns); err != nil {
				return e, true, err
			}
			row := map[string]string{}
			for name, value := range columns {
				row[headerName(name)] = short(string(value))
			}
			e, err = tables.job(Line{N: r.line, Offset: r.offset}, row)
			if raw, _ := json.Marshal(columns); err == nil && e.Outcome.Final() && e.Outcome != backup.Success {
				e.Log = string(raw)
			}
			return e, true, err
		}, "result.jobs")
	},
})

var bareosAPI = signOf(`(?m)^\s*(?:\{\s*)?"jsonrpc"`, "\"jsonrpc\"")

// bareosAnswer reads what bconsole prints with the lines before the answer left empty, so that what follows keeps its line.
type bareosAnswer struct {
	r *bufio.Reader
	io.Closer
	begun *bool
}

func (a bareosAnswer) Read(b []byte) (int, error) {
	for !*a.begun {
		ahead, err := a.r.Peek(1)
		if err != nil {
			return 0, err
		}
		if *a.begun = bytes.ContainsAny(ahead, "{"); *a.begun {
			break
		}
		line, err := a.r.ReadSlice('\n')
		if bytes.HasSuffix(line, []byte("\n")) && len(b) > 0 {
			b[0] = '\n'
			return 1, nil
		}
		if err == io.EOF {
			return 0, err
		}
	}
	return a.r.Read(b)
}
