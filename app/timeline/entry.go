// Package timeline is the record of who did what, when: entries, and the hash chain that ties each to the one before it.
package timeline

import "time"

// Subject names what an entry is about.
type Subject string

// The subjects of DESIGN.md 5.
const (
	Incident  Subject = "incident"
	Execution Subject = "execution"
	File      Subject = "file"
	Source    Subject = "source"
	Question  Subject = "question"
	Routine   Subject = "routine"
	Risk      Subject = "risk"
	User      Subject = "user"
	Setting   Subject = "setting"
	Database  Subject = "database"
)

// System is the actor of what happens by itself.
const System = "system"

// Entry is one line of the record. It is never changed or deleted.
type Entry struct {
	Seq       int64 // from 1, without gaps; given when it is written
	Subject   Subject
	SubjectID int64
	At        time.Time // the machine's clock, always, to the millisecond, UTC
	Judged    time.Time // the instant the rules judged by, where a person gave another than the machine's; else zero
	Actor     string    // a person's name, "cli:NAME" or System
	Action    string    // a word of the desk: "opened", "renamed", "held", "resumed", "noted", "closed", …
	Details   []Detail
}

// Detail is one thing that an entry says, in the order given.
type Detail struct {
	Name string `json:"name"`
	From string `json:"from,omitempty"` // empty where nothing was before
	To   string `json:"to,omitempty"`
}

// Said is a detail that is no change: a note, a reason, a file.
func Said(name, text string) Detail { return Detail{Name: name, To: text} }

// Changed is a detail with both sides.
func Changed(name, from, to string) Detail { return Detail{Name: name, From: from, To: to} }
