package format

import (
	"bytes"
	"encoding/json"
	"mime"
	"strings"
)

// duplicatiReport is one report as far as it has been read.
type duplicatiReport struct {
	line      Line // of its first field
	header    bool // the mail's, above it
	subject   string
	folded    bool // it goes on in the next line
	log       logText
	fields    map[string]string
	operation string // of the head line, or beside the data
	name      string
	machine   string
	list      string              // that is read
	lists     map[string][]string // the first entries of each
	stars     int                 // lines that frame the list in Duplicati 1
}

func newDuplicatiReport() *duplicatiReport {
	return &duplicatiReport{fields: map[string]string{}, lists: map[string][]string{}}
}

// over tells whether the line begins another report: with its head, with the first field again, or with another mail.
func (r *duplicatiReport) over(text string) bool {
	if duplicatiHead.MatchString(text) {
		return r.line.N > 0
	}
	if r.line.N > 0 && r.list == "" && mailHeader.MatchString(text) {
		return true
	}
	m := duplicatiField.FindStringSubmatch(text)
	if m == nil || r.list != "" {
		return false
	}
	_, again := r.fields[m[1]+m[3]]
	switch m[1] + m[3] {
	case "DeletedFiles", "BackupType", "ParsedResult", "Failed":
		return again
	}
	return false
}

func (r *duplicatiReport) read(line Line) {
	text := strings.TrimRight(line.Text, " ")
	if r.header = r.line.N == 0 && text != "" && (r.header || mailHeader.MatchString(text)); r.header {
		r.mail(line, text)
		return
	}
	if r.subject != "" {
		r.topic()
	}
	if r.line.N > 0 {
		r.log.add(line.Text)
	}
	if r.list != "" {
		r.listed(text)
		return
	}
	if m := duplicatiHead.FindStringSubmatch(text); m != nil {
		r.line, r.operation, r.name = line, m[1], m[2]
		r.log.add(line.Text)
		return
	}
	m := duplicatiField.FindStringSubmatch(text)
	if m == nil || line.Open {
		return
	}
	key, value := m[1]+m[3], m[2]+m[4]
	if _, again := r.fields[key]; again && !strings.HasPrefix(key, "Number") {
		return
	}
	if r.line.N == 0 {
		r.line = line
		r.log.add(line.Text)
	}
	r.fields[key] = strings.TrimSpace(value)
	switch {
	case strings.HasSuffix(value, "["):
		r.list = strings.TrimPrefix(key, "Limited")
	case key == "NumberOfErrors" || key == "NumberOfWarnings":
		r.list, r.stars = strings.TrimPrefix(key, "NumberOf"), 0
	}
}

// mail takes date and subject of the mail: one that is set by default names the job in its subject only.
func (r *duplicatiReport) mail(line Line, text string) {
	field, value, _ := strings.Cut(text, ": ")
	switch {
	case line.Open:
	case strings.ContainsAny(text[:1], " \t"):
		if r.folded {
			r.subject += " " + strings.TrimSpace(text)
		}
		return
	case field == "Date":
		r.fields[field] = value
	case field == "Subject":
		r.subject = value
	}
	r.folded = field == "Subject"
}

// topic takes what the subject names.
func (r *duplicatiReport) topic() {
	subject, err := new(mime.WordDecoder).DecodeHeader(r.subject)
	if err != nil {
		subject = r.subject
	}
	if m := duplicatiTopic.FindStringSubmatch(subject); m != nil {
		r.operation, r.name = m[1], m[2]
	}
	r.subject = ""
}

// listed is a line of a list: between brackets, in Duplicati 1 between lines of stars.
func (r *duplicatiReport) listed(text string) {
	switch {
	case strings.HasPrefix(text, "]"):
		r.list = ""
	case strings.HasPrefix(text, "****"):
		if r.stars++; r.stars == 2 {
			r.list = ""
		}
	default:
		text = strings.TrimSuffix(strings.TrimSpace(text), ",")
		_ = json.Unmarshal([]byte(text), &text) // in a log that was cut out of JSON it is quoted
		r.entry(r.list, text)
	}
}

// entry keeps the first of each list, to say why.
func (r *duplicatiReport) entry(list, text string) {
	if text != "" && len(r.lists[list]) < 3 {
		r.lists[list] = append(r.lists[list], text)
	}
}

// duplicatiObject is a report as JSON: the data alone, or with what is known of the job beside it.
func duplicatiObject(line Line) *duplicatiReport {
	r := newDuplicatiReport()
	r.line = line
	var posted struct {
		Data  json.RawMessage
		Extra struct {
			Operation string `json:"OperationName"`
			Machine   string `json:"machine-name"`
			Name      string `json:"backup-name"`
		}
		LogLines  []string
		Exception json.RawMessage
	}
	_ = json.Unmarshal([]byte(line.Text), &posted) // the log of the web page has none of these
	r.operation, r.machine, r.name = posted.Extra.Operation, posted.Extra.Machine, posted.Extra.Name
	if len(posted.Data) == 0 {
		posted.Data = json.RawMessage(line.Text)
	}
	r.data(posted.Data)
	if why := duplicatiException(posted.Exception); why != "" && r.fields["ParsedResult"] == "" {
		r.fields["Failed"] = why
		r.log.add(why)
	}
	for _, l := range posted.LogLines {
		r.log.add(l)
	}
	return r
}

// data takes the top level only: the results of steps have names, results and times of their own.
func (r *duplicatiReport) data(raw json.RawMessage) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return
	}
	for key, v := range members {
		var text string
		var list []string
		switch {
		case json.Unmarshal(v, &text) == nil:
			r.fields[key] = text
		case json.Unmarshal(v, &list) == nil:
			for _, l := range list {
				r.entry(strings.TrimPrefix(key, "Limited"), l)
			}
		case !bytes.HasPrefix(v, []byte("{")):
			r.fields[key] = string(v)
		}
	}
	for _, key := range []string{"Errors", "Warnings"} {
		for _, l := range r.lists[key] {
			r.log.add(l)
		}
	}
}

// duplicatiException is the first line of an exception, which some versions write as an object.
func duplicatiException(raw json.RawMessage) string {
	var text string
	var object struct{ Message string }
	if json.Unmarshal(raw, &text) != nil && json.Unmarshal(raw, &object) == nil {
		text = object.Message
	}
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return text
}
