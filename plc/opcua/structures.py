"""Results, recipes and identities as the structures of both companion specifications, and the content of a result.

Two namespaces define a `ResultDataType`, so every class is fetched by NodeId. The content is this product's own structure:
what a MES needs of an inspection, in one value.
"""

from dataclasses import dataclass
from typing import Any

from asyncua import Server, ua
from asyncua.common.structures104 import new_struct, new_struct_field

from plc.opcua.nodesets import MACHINE_VISION, MACHINERY_RESULT
from plc.opcua.ports import ARCHIVE_TYPE, Configuration, Defect, Identity, Picture, Recipe, Result, UsedModel

OWN = "urn:inspection-station:vision"
"""The namespace of what no standard defines."""

_DEFECT_ID, _PICTURE_ID, _CONTENT_ID, _MODEL_ID = 3001, 3011, 3021, 3031


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Indexes of the namespaces in this server."""

    vision: int
    machinery: int
    own: int


async def find_namespaces(server: Server) -> Namespaces:
    """Return the indexes; the own namespace is registered where it is not."""
    own = await server.register_namespace(OWN)
    vision = await server.get_namespace_index(MACHINE_VISION)
    return Namespaces(vision, await server.get_namespace_index(MACHINERY_RESULT), own)


async def add_content_types(server: Server, own: int) -> None:
    """Add the structures of `ResultContent` to the address space."""
    text, number = ua.VariantType.String, ua.VariantType.Double
    defect, _ = await new_struct(
        server,
        ua.NodeId(_DEFECT_ID, own),
        ua.QualifiedName("DefectDataType", own),
        [
            new_struct_field("Class", text),
            new_struct_field("View", text),
            new_struct_field("Score", number),
            *(
                new_struct_field(name, number, description=f"{name} in pixels")
                for name in ("X", "Y", "Width", "Height")
            ),
            new_struct_field("LengthMm", number, optional=True, description="Longer side in millimetres"),
        ],
    )
    picture, _ = await new_struct(
        server,
        ua.NodeId(_PICTURE_ID, own),
        ua.QualifiedName("PictureDataType", own),
        [new_struct_field(name, text) for name in ("View", "MediaType", "Sha256")],
    )
    model, _ = await new_struct(
        server,
        ua.NodeId(_MODEL_ID, own),
        ua.QualifiedName("ModelDataType", own),
        [new_struct_field(name, text) for name in ("View", "Name", "Version", "Sha256")],
    )
    await new_struct(
        server,
        ua.NodeId(_CONTENT_ID, own),
        ua.QualifiedName("InspectionContentDataType", own),
        [
            new_struct_field("Sequence", ua.VariantType.UInt64, description="Place among all results of the station"),
            *(
                new_struct_field(name, text)
                for name in ("Verdict", "Reason", "By", "Author", "Supersedes", "Model", "WorstClass", "RecipeSha256")
            ),
            new_struct_field("Score", number, optional=True),
            new_struct_field("Defects", defect, array=True),
            new_struct_field("Pictures", picture, array=True),
            new_struct_field("Models", model, array=True),
        ],
    )
    await server.load_data_type_definitions()


class Structures:
    """Makes structures; to be made once the types are loaded."""

    def __init__(self, spaces: Namespaces) -> None:
        vision, machinery, own = spaces.vision, spaces.machinery, spaces.own
        self._result = _class(vision, 3006)
        self._result_id = _class(vision, 3021)
        self._meas_id = _class(vision, 3015)
        self._part_id = _class(vision, 3004)
        self._job_id = _class(vision, 3016)
        self._external_recipe = _class(vision, 3002)
        self._internal_recipe = _class(vision, 3013)
        self._configuration_id = _class(vision, 3008)
        self._configuration = _class(vision, 3007)
        self._product_id = _class(vision, 3003)
        self._product = _class(vision, 3020)
        self.meta_data_variable = ua.NodeId(6009, machinery)
        self.product_data_type, self.configuration_data_type = ua.NodeId(3020, vision), ua.NodeId(3007, vision)
        self._times = _class(vision, 3005)
        self._system_state = _class(vision, 3024)
        self._machinery_result = _class(machinery, 3008)
        self._meta_data = _class(machinery, 3007)
        self._machinery_times = _class(machinery, 3006)
        self.transfer_options = _class(vision, 3022)
        self.machinery_transfer_options = _class(machinery, 3004)
        self.evaluation = ua.enums_by_datatype[ua.NodeId(3002, machinery)]
        self._semi_state = ua.enums_by_datatype[ua.NodeId(3023, vision)]
        self._defect, self._picture = _class(own, _DEFECT_ID), _class(own, _PICTURE_ID)
        self._content, self._model = _class(own, _CONTENT_ID), _class(own, _MODEL_ID)

    # OPC 40100-1 --------------------------------------------------------------------------------------------------

    def result(self, result: Result) -> Any:
        """Return a result as `ResultDataType` of the vision namespace."""
        fields = self.components(result)
        fields.pop("ExternalConfigurationId")
        return self._result(**fields)

    def components(self, result: Result) -> dict[str, Any]:
        """Return a result's components by their names in `ResultDataType` and `ResultReadyEventType`."""
        recipe = result.recipe
        return {
            "ResultId": self._result_id(Id=result.result_id),
            "HasTransferableDataOnFile": bool(result.pictures),
            "IsPartial": result.partial,
            "IsSimulated": result.simulated,
            "ResultState": int(result.state),
            "MeasId": self._meas_id(Id=result.meas_id) if result.meas_id else None,
            "PartId": self._part_id(Id=result.part_id) if result.part_id else None,
            "ExternalRecipeId": self.external_recipe(recipe),
            "InternalRecipeId": self.internal_recipe(recipe),
            "ProductId": self.product_id(result.product),
            "ExternalConfigurationId": None,
            "InternalConfigurationId": self.configuration_id(result.configuration),
            "JobId": self.job_id(result.job_id),
            "CreationTime": result.creation_time,
            "ProcessingTimes": self._times(StartTime=result.start_time, EndTime=result.end_time),
            "ResultContent": [self.content(result)],
        }

    def job_id(self, job: str) -> Any:
        """Return a `JobIdDataType`."""
        return self._job_id(Id=job)

    def product_id(self, product: str) -> Any:
        """Return a `ProductIdDataType`, None for no product."""
        return self._product_id(Id=product) if product else None

    def product(self, product: str) -> Any:
        """Return a `ProductDataType`."""
        return self._product(ExternalId=self._product_id(Id=product))

    def external_recipe(self, recipe: Identity) -> Any:
        """Return a recipe's external id: the same as its internal one, the station has no other."""
        return self._external_recipe(**_binary_id(recipe))

    def internal_recipe(self, recipe: Identity) -> Any:
        """Return a `RecipeIdInternalDataType`."""
        return self._internal_recipe(**_binary_id(recipe))

    def recipes(self, recipes: tuple[Recipe, ...]) -> list[Any]:
        """Return internal ids."""
        return [self.internal_recipe(recipe.identity) for recipe in recipes]

    def configuration_id(self, configuration: Identity) -> Any:
        """Return a `ConfigurationIdDataType`."""
        return self._configuration_id(**_binary_id(configuration))

    def configuration(self, configuration: Configuration) -> Any:
        """Return a `ConfigurationDataType`."""
        identity = self.configuration_id(configuration.identity)
        return self._configuration(
            HasTransferableDataOnFile=True, InternalId=identity, LastModified=configuration.modified
        )

    def system_state(self, state: int, text: str) -> Any:
        """Return a `SystemStateDescriptionDataType`; `state` is a SEMI E10 state, 1 productive to 6 not scheduled."""
        return self._system_state(State=self._semi_state(state), StateDescription=text)

    # OPC 40001-101 ------------------------------------------------------------------------------------------------

    def machinery_result(self, result: Result) -> Any:
        """Return a result as `ResultDataType` of the Machinery namespace."""
        return self._machinery_result(
            ResultMetaData=self.meta_data(result), ResultContent=[ua.Variant(self.content(result).Value)]
        )

    def meta_data(self, result: Result) -> Any:
        """Return a `ResultMetaDataType`."""
        return self._meta_data(
            ResultId=result.result_id,
            HasTransferableDataOnFile=bool(result.pictures),
            FileFormat=[ARCHIVE_TYPE] if result.pictures else None,
            IsPartial=result.partial,
            IsSimulated=result.simulated,
            ResultState=int(result.state),
            StepId=result.meas_id or None,
            PartId=result.part_id or None,
            ExternalRecipeId=result.recipe.id,
            InternalRecipeId=result.recipe.id,
            InternalConfigurationId=result.configuration.id,
            ProductId=result.product or None,
            JobId=result.job_id,
            CreationTime=result.creation_time,
            ProcessingTimes=self._machinery_times(StartTime=result.start_time, EndTime=result.end_time),
            ResultEvaluation=self.evaluation(int(result.evaluation)),
            ResultEvaluationDetails=ua.LocalizedText(result.reason, "en"),
        )

    # This product's own -------------------------------------------------------------------------------------------

    def content(self, result: Result) -> ua.Variant:
        """Return the one element of `ResultContent`."""
        content = self._content(
            Sequence=result.sequence,
            Verdict=result.evaluation.name,
            Reason=result.reason,
            By=result.by,
            Author=result.author,
            Supersedes=result.supersedes,
            Model=result.model,
            WorstClass=result.worst_class,
            RecipeSha256=result.recipe.sha256,
            Score=result.score,
            Defects=[self._defect_of(defect) for defect in result.defects],
            Pictures=[self._picture_of(picture) for picture in result.pictures],
            Models=[self._model_of(model) for model in result.models],
        )
        return ua.Variant(content, ua.VariantType.ExtensionObject)

    def _defect_of(self, defect: Defect) -> Any:
        return self._defect(
            Class=defect.name,
            View=defect.view,
            Score=defect.score,
            X=defect.x_px,
            Y=defect.y_px,
            Width=defect.width_px,
            Height=defect.height_px,
            LengthMm=defect.length_mm,
        )

    def _picture_of(self, picture: Picture) -> Any:
        return self._picture(View=picture.view, MediaType=picture.media_type, Sha256=picture.sha256)

    def _model_of(self, model: UsedModel) -> Any:
        return self._model(View=model.view, Name=model.name, Version=model.version, Sha256=model.sha256)


def _binary_id(identity: Identity) -> dict[str, Any]:
    fields: dict[str, Any] = {"Id": identity.id, "Version": identity.version or None}
    if identity.sha256:
        fields |= {"Hash": bytes.fromhex(identity.sha256), "HashAlgorithm": "SHA-256"}
    return fields


def _class(namespace: int, number: int) -> Any:
    return ua.extension_objects_by_datatype[ua.NodeId(number, namespace)]
