package server

import (
	"context"
	"path"
)

func (s *Server) picture(ctx context.Context, in *struct {
	SHA string `path:"sha" maxLength:"64"`
}) (*file, error) {
	mediaType, data, err := s.quizzes.Picture(ctx, in.SHA)
	if err != nil {
		return nil, err
	}
	return &file{ContentType: mediaType, ContentDisposition: "inline", CacheControl: "private, max-age=31536000, immutable",
		ETag: `"` + in.SHA + `"`, Body: data}, nil
}

type bankPicture struct {
	Name string `json:"name" doc:"That texts use: ![…](name)"`
	SHA  string `json:"sha256"`
}

func (s *Server) addPicture(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"80"`
	UploadInput
}) (*body[bankPicture], error) {
	name, raw, err := in.bytes()
	if err != nil {
		return nil, err
	}
	name = path.Base(name)
	sha, err := s.quizzes.AddPicture(ctx, actorOf(ctx), in.Code, name, raw)
	return &body[bankPicture]{Body: bankPicture{name, sha}}, err
}
