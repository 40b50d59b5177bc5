"""How nbgrader makes the students' copies, for ``tools/notebooks.py`` and for a course."""

from nbconvert.preprocessors import TagRemovePreprocessor

c = get_config()  # noqa: F821

# Cells for instructors only: timing, common mistakes, marking.
c.GenerateAssignment.preprocessors.prepend([TagRemovePreprocessor])
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"instructor"}

# No error is raised here: the check below the answer says what is missing.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
_ = str  # translated where the copies are made
c.ClearSolutions.text_stub = _("*Your answer here: double-click this text, and replace it.*")

# Hidden tests (### BEGIN HIDDEN TESTS) are taken out of the students' copies, and put back to mark.
# A cell that fits a curve takes seconds, on a busy machine a minute; an endless loop ends here.
c.Execute.timeout = 300
c.Execute.interrupt_on_timeout = True
