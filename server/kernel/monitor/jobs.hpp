// What an administrator sees and does of the company's jobs.
#pragma once

namespace ponte {

class App;
void declare_job_routes(App& app);

}  // namespace ponte
