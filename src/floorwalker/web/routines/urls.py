from django.urls import path

from floorwalker.web.routines.views import blocks, floor, interruptions, note

urlpatterns = [
    path("time/unplanned/", blocks.blocks, name="blocks"),
    path("time/unplanned/note/", note.note, name="blocks-note"),
    path("time/unplanned/<int:pk>/", blocks.block, name="block"),
    path("time/unplanned/<int:pk>/skip/", blocks.leave_out, name="block-skip"),
    path("time/unplanned/<int:pk>/cancel/", blocks.cancel, name="block-cancel"),
    path("time/unplanned/<int:pk>/again/", blocks.again, name="block-again"),
    path("floor-walk/", floor.floor_walk, name="floor-walk"),
    path("floor-walk/worker.js", floor.worker, name="floor-worker"),
    path("floor-walk/visits/", floor.visit, name="visit"),
    path("floor-walk/visits/words/", floor.words, name="visit-words"),
    path("floor-walk/visits/undo/", floor.undo, name="visit-undo"),
    path("time/interruptions/", interruptions.interruptions, name="interruptions"),
    path("time/interruptions/<int:pk>/undo/", interruptions.undo, name="interruption-undo"),
]
