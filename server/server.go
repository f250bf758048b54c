package server

import (
	"context"
	"io/fs"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"anwen/briefings"
	"anwen/certificates"
	"anwen/complaints"
	"anwen/courses"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/performance"
	"anwen/policies"
	"anwen/quizzes"
	"anwen/records"
	"anwen/search"
	"anwen/training"
)

// Rooms are the services that the server calls; cmd creates them.
type Rooms struct {
	People       *people.Service
	Policies     *policies.Service
	Briefings    *briefings.Service
	Courses      *courses.Service
	Training     *training.Service
	Quizzes      *quizzes.Service
	Certificates *certificates.Service
	Complaints   *complaints.Service
	Performance  *performance.Service
	Records      *records.Service
	Search       *search.Service
}

// Config is the part of the configuration that the server needs.
type Config struct {
	Now         func() time.Time // the clock of the rooms
	Institution i18n.Texts       // printed on the verification page
	Version     string
	Demo        bool
	LogRequests bool
	Client      fs.FS // the built client; nil when it is not built
	Ready       func(context.Context) error
	Proxies     []netip.Prefix // whose X-Forwarded-For is trusted
	Heard       func() bool    // whether database notices are being received; nil: no caches
	HTTPS       bool           // people open it by https
	Help        string         // whom to ask who cannot sign in; "" is not known
	Temporary   string         // folder of files that are made to be sent; "" is the system's
	Downloads   int            // that are made at once
}

// Server is the HTTP handler of the program.
type Server struct {
	people       *people.Service
	policies     *policies.Service
	briefings    *briefings.Service
	courses      *courses.Service
	training     *training.Service
	quizzes      *quizzes.Service
	certificates *certificates.Service
	complaints   *complaints.Service
	performance  *performance.Service
	records      *records.Service
	search       *search.Service

	config      Config
	now         func() time.Time
	logRequests bool
	metrics     *metrics
	lessons     *lessonCache
	downloads   *downloads
	uploads     map[string]int64 // method and path of the routes that take files → bytes
	api         huma.API
	engine      *gin.Engine
	first       *firstClient // nil when the client is not built
	handler     http.Handler
}

// Prefix stands before every path of the API.
const Prefix = "/api/v1"

// New builds the engine from the route table.
func New(rooms Rooms, config Config) *Server {
	s := &Server{
		people: rooms.People, policies: rooms.Policies, briefings: rooms.Briefings, courses: rooms.Courses, training: rooms.Training, quizzes: rooms.Quizzes,
		certificates: rooms.Certificates, complaints: rooms.Complaints, performance: rooms.Performance,
		records: rooms.Records, search: rooms.Search,
		config: config, now: config.Now, logRequests: config.LogRequests, metrics: newMetrics(), uploads: map[string]int64{},
		lessons: newLessonCache(config.Heard), downloads: newDownloads(config.Temporary, config.Downloads),
	}
	useProblems()
	keepUploadsInMemory()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	s.engine, s.first = engine, newFirstClient(config.Client)
	engine.HandleMethodNotAllowed = false
	engine.UseRawPath = true // a complaint's reference may hold a slash, which stands as %2F in an address
	engine.Use(identify, recoverPanics, s.observe, s.headers, s.limitBody)

	s.api = humagin.NewWithGroup(engine, engine.Group(Prefix), openAPI(config.Version))
	for _, r := range s.routes() {
		s.add(r)
	}
	for path, h := range map[string]gin.HandlerFunc{
		"/api/openapi.json": s.describe, "/healthz": healthz, "/readyz": s.readyz, "/metrics": gin.WrapH(s.metrics.handler()),
		"/verify/:serial": s.verificationPage, "/verify": s.verificationPage,
	} {
		engine.Match([]string{http.MethodGet, http.MethodHead}, path, h)
	}
	engine.NoRoute(s.client())
	s.handler = trustProxies(config.Proxies, refuseForeignOrigins(engine))
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Lessons is the cache of lessons, which must receive the notices of published courses.
func (s *Server) Lessons() *lessonCache { return s.lessons }

func (s *Server) add(r Route) {
	op := huma.Operation{
		OperationID: operationID(r.Method, r.Path), Method: r.Method, Path: r.Path, Summary: r.Summary,
		Description: "May be called by: " + r.Who.String() + ".",
		Tags:        []string{tagOf(r.Path)}, BodyReadTimeout: -1, // Deadlines sets it
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}
	if r.Who.public {
		op.Errors = []int{http.StatusUnauthorized, http.StatusNotFound}
	}
	for _, change := range r.adjust {
		change(&op)
	}
	if op.MaxBodyBytes > 0 {
		s.uploads[r.Method+" "+Prefix+ginPath(r.Path)] = op.MaxBodyBytes
	}
	op.MaxBodyBytes = max(op.MaxBodyBytes, ordinaryBody) + 1 // limitBody refuses more, and says how much may come
	op.Middlewares = append(op.Middlewares, s.admit(s.api, r.Who))
	r.register(s, op)
}
