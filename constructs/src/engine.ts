/**
 * The engine that turns constructs into Terraform's configuration, and the only import of it. What is named here is all that
 * Covey's constructs, hand-written and generated, need; moving to CDK Terrain (`cdktn`) is changing the two module names.
 */
export { Construct } from "constructs";
export type { IConstruct } from "constructs";
export {
  ComplexList,
  ComplexObject,
  ImportableResource,
  Lazy,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
  Tokenization,
  booleanToHclTerraform,
  booleanToTerraform,
  canInspect,
  hashMapper,
  hashMapperHcl,
  isComplexElement,
  listMapper,
  listMapperHcl,
  numberToHclTerraform,
  numberToTerraform,
  stringToHclTerraform,
  stringToTerraform,
} from "cdktf";
export type { IInterpolatingParent, IResolvable, TerraformMetaArguments } from "cdktf";
