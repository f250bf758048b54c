package server

import (
	"context"
	"time"

	"anwen/briefings"
)

type planAction struct {
	Number  int        `json:"number"`
	Text    string     `json:"text"`
	Owner   string     `json:"owner"`
	OwnerNo string     `json:"owner_no"`
	Mine    bool       `json:"mine"`
	DueOn   string     `json:"due_on" format:"date"`
	State   string     `json:"state" enum:"open,done,dropped"`
	Overdue bool       `json:"overdue"`
	Note    string     `json:"note" doc:"Of the last step"`
	At      *time.Time `json:"at" doc:"Of the last step"`
}

func (s *Server) actions(ctx context.Context, in *ByBriefing) (*body[list[planAction]], error) {
	rows, err := s.briefings.Actions(ctx, actorOf(ctx), in.Key)
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(a briefings.Action) planAction {
		return planAction{Number: a.Number, Text: a.Text, Owner: a.Owner, OwnerNo: a.OwnerNo, Mine: a.Mine, DueOn: *day(&a.DueOn),
			State: string(a.State), Overdue: a.Overdue, Note: a.Note, At: a.At}
	}), nil
}

func (s *Server) addAction(ctx context.Context, in *struct {
	ByBriefing
	Body struct {
		Text    string `json:"text" maxLength:"4000"`
		OwnerNo string `json:"owner_no" maxLength:"100"`
		DueOn   string `json:"due_on" maxLength:"10" doc:"A date"`
	}
}) (*struct{}, error) {
	due, err := parseDay(in.Body.DueOn, "body.due_on")
	if err != nil {
		return nil, err
	}
	input := briefings.ActionInput{Key: in.Key, Text: in.Body.Text, OwnerNo: in.Body.OwnerNo}
	if due != nil {
		input.DueOn = *due
	}
	return nil, s.briefings.AddAction(ctx, actorOf(ctx), input)
}

func (s *Server) moveAction(ctx context.Context, in *struct {
	ByBriefing
	Number int `path:"number" minimum:"1"`
	Body   struct {
		State string `json:"state" enum:"open,done,dropped"`
		Note  string `json:"note,omitempty" maxLength:"1000"`
	}
}) (*struct{}, error) {
	return nil, s.briefings.MoveAction(ctx, actorOf(ctx), in.Key, in.Number, briefings.ActionState(in.Body.State), in.Body.Note)
}

type studyMeeting struct {
	Held      bool         `json:"held" doc:"False: there are no minutes, and the rest is empty"`
	Number    int          `json:"number" doc:"Of the minutes; a correction is the next"`
	Revision  int          `json:"revision" doc:"Of the briefing that was studied"`
	HeldAt    *time.Time   `json:"held_at"`
	Place     string       `json:"place"`
	Chair     string       `json:"chair"`
	Recorder  string       `json:"recorder"`
	NotesHTML string       `json:"notes_html" doc:"Sanitised"`
	By        string       `json:"published_by"`
	At        *time.Time   `json:"published_at"`
	Room      int          `json:"room"`
	Remote    int          `json:"remote"`
	Later     int          `json:"later" doc:"Were not there and read the briefing since"`
	Absent    int          `json:"absent"`
	Mine      string       `json:"mine" enum:"room,remote,later,absent,"`
	Attended  []attendance `json:"attended" nullable:"false" doc:"Within my reach"`
}

type attendance struct {
	Name       string     `json:"name"`
	EmployeeNo string     `json:"employee_no"`
	UnitName   string     `json:"unit_name"`
	How        string     `json:"how" enum:"room,remote,later"`
	ReadAt     *time.Time `json:"read_at"`
}

func (s *Server) meeting(ctx context.Context, in *ByBriefing) (*body[studyMeeting], error) {
	m, err := s.briefings.Meeting(ctx, actorOf(ctx), in.Key)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return &body[studyMeeting]{Body: studyMeeting{Attended: []attendance{}}}, nil
	}
	return &body[studyMeeting]{Body: studyMeeting{Held: true, Number: m.Number, Revision: m.Revision, HeldAt: &m.HeldAt, Place: m.Place,
		Chair: m.Chair, Recorder: m.Recorder, NotesHTML: m.NotesHTML, By: m.By, At: &m.At,
		Room: m.Counts[briefings.InRoom], Remote: m.Counts[briefings.Remotely], Later: m.Counts[briefings.Later], Absent: m.Counts[briefings.Absent], Mine: string(m.Mine),
		Attended: views(m.Attended, func(a briefings.Attendance) attendance {
			return attendance{Name: a.Name, EmployeeNo: a.EmployeeNo, UnitName: a.UnitName, How: string(a.How), ReadAt: a.ReadAt}
		})}}, nil
}

func (s *Server) recordMeeting(ctx context.Context, in *struct {
	ByBriefing
	Body struct {
		HeldAt     time.Time `json:"held_at"`
		Place      string    `json:"place" maxLength:"400"`
		ChairNo    string    `json:"chair_no" maxLength:"100"`
		RecorderNo string    `json:"recorder_no" maxLength:"100"`
		Notes      string    `json:"notes" doc:"Markdown: what was said and decided"`
		Room       []string  `json:"room" maxLength:"100" maxItems:"20000" nullable:"false" doc:"Employee numbers of who was there"`
		Remote     []string  `json:"remote" maxLength:"100" maxItems:"20000" nullable:"false" doc:"Employee numbers of who took part from elsewhere"`
		Base       *int      `json:"base,omitempty" minimum:"0" doc:"Number of the minutes that these were begun from; 0: there were none; absent: whichever are there"`
	}
}) (*body[minutesNumber], error) {
	b := in.Body
	n, err := s.briefings.RecordMeeting(ctx, actorOf(ctx), briefings.MeetingInput{Key: in.Key, HeldAt: b.HeldAt, Place: b.Place,
		ChairNo: b.ChairNo, RecorderNo: b.RecorderNo, Notes: b.Notes, Room: b.Room, Remote: b.Remote, Base: b.Base})
	if err != nil {
		return nil, err
	}
	return &body[minutesNumber]{Body: minutesNumber{Number: n}}, nil
}

type minutesNumber struct {
	Number int `json:"number"`
}

func (s *Server) minutesPDF(ctx context.Context, in *ByBriefing) (*file, error) {
	pdf, err := s.briefings.MinutesPDF(ctx, actorOf(ctx), in.Key)
	if err != nil {
		return nil, err
	}
	return &file{ContentType: "application/pdf", CacheControl: "no-store", Body: pdf,
		ContentDisposition: disposition("inline", "minutes-"+in.Key+".pdf")}, nil
}
