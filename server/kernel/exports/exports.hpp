// Exports: the records of any list as a file, made by long work and kept for a week (decision
// 0146). Knows no word of the business.
#pragma once

namespace ponte {
class App;
}

namespace ponte::exports {

// Routes and jobs.
void declare(App& app);

}  // namespace ponte::exports
