// Operations as screens see them: their list, their progress, their undo.
#pragma once

namespace ponte {
class App;
}

namespace ponte::work {

// Routes, and the kinds of work that bulks are.
void declare_operations(App& app);

}  // namespace ponte::work
