// The web interface, from the files inside the program. Pages of the single-page application all
// are index.html; what looks like a file and is none is not found.
#pragma once

#include "kernel/http.hpp"

namespace ponte::http {

// For GET and HEAD of any path that is not of the API. Packed copies go to who can unpack them;
// who has the file already gets a 304.
Response embedded_web(const Request& request);

}  // namespace ponte::http
