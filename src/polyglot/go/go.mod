module marksign.lt/examples

go 1.23

require github.com/GIT_USER_ID/GIT_REPO_ID v0.0.0

// The generated module has this name unless an option changes it.
replace github.com/GIT_USER_ID/GIT_REPO_ID => ./generated
