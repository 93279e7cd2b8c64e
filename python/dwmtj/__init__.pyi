from ._native import SKIP as SKIP, Device as Device, Devices as Devices, InputError as InputError, Tile as Tile
from .commands import CommandError as CommandError, estimate as estimate, infer as infer, replay as replay, run as run

__all__: list[str]
