// Imports of CSV files into any entity declared with `can_be_imported`: preview with a suggested
// mapping, trial run, job with progress, rejected rows, undo. Knows no word of the business.
#pragma once

namespace ponte {
class App;
}

namespace ponte::imports {

// Routes and jobs.
void declare(App& app);

}  // namespace ponte::imports
