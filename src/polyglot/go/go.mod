module marksign.lt/examples

go 1.23

require github.com/GIT_USER_ID/GIT_REPO_ID v0.0.0

// The generated module has that name unless the generator is told another.
replace github.com/GIT_USER_ID/GIT_REPO_ID => ./generated
